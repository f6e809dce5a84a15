// Without a file of its own, vitest would take that of the folder above.
export default {};

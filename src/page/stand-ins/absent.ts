/** Parts of Node that no page has; what needs them is not offered in a page. */
export default {};

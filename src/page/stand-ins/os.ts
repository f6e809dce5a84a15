export const availableParallelism = () => 1;
export const tmpdir = () => "/tmp";
export const homedir = () => "/";
export const hostname = () => "page";
export const platform = () => "browser";
export default { availableParallelism, tmpdir, homedir, hostname, platform };

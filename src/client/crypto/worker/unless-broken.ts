/** Goes on without what failed. A machine that broke down is no more: of that whoever asked has to hear. */
export const unlessBroken = (error: unknown): undefined => {
	if (error instanceof WebAssembly.RuntimeError) throw error;
	return undefined;
};

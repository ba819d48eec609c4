import { isEnd } from "./watch-machine.ts";

/** Goes on without what failed. A machine that broke down is no more: of that whoever asked has to hear. */
export const unlessBroken = (error: unknown): undefined => {
	if (isEnd(error)) throw error;
	return undefined;
};

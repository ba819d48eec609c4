import { execFile } from "node:child_process";

export interface KithAnswer {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

/** Runs an operator command as its own process, as `npm run kith --` does. */
export const runKith = (
	args: readonly string[],
	input: string,
	variables: Readonly<Record<string, string>>,
): Promise<KithAnswer> =>
	new Promise((resolve) => {
		const env = { ...process.env, ...variables };
		const child = execFile(process.execPath, ["tools/kith.mjs", ...args], { env }, (error, out, err) => {
			resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
		});
		child.stdin?.end(input);
	});

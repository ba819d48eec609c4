import type { Log } from "../../shared/log.ts";

type Step = () => unknown;

/** What has to be undone, newest first. A step that fails does not keep the others from running. */
export class Teardown {
	readonly #steps: { readonly name: string; readonly run: Step }[] = [];
	readonly #log: Log;

	constructor(log: Log) {
		this.#log = log;
	}

	add(name: string, run: Step): void {
		this.#steps.push({ name, run });
	}

	/** True when every step went well. */
	async run(): Promise<boolean> {
		let isClean = true;
		for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
			try {
				await step.run();
			} catch (err) {
				isClean = false;
				this.#log.error({ err, step: step.name }, "a step of stopping failed");
			}
		}
		return isClean;
	}
}

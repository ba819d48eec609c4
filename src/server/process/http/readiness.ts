/** One thing that has to work for calls to be answered. */
export interface ReadinessCheck {
	readonly name: string;
	isReady(): Promise<boolean>;
}

export interface ReadinessReport {
	readonly isReady: boolean;
	readonly checks: Readonly<Record<string, "ok" | "failed">>;
}

const deadlineMs = 2_000;

/** Asks every check at once; one that throws or takes too long has failed. */
export async function askReadiness(checks: readonly ReadinessCheck[]): Promise<ReadinessReport> {
	const answers = await Promise.all(
		checks.map(async (check) => [check.name, (await ask(check)) ? "ok" : "failed"] as const),
	);
	return { isReady: answers.every(([, answer]) => answer === "ok"), checks: Object.fromEntries(answers) };
}

async function ask(check: ReadinessCheck): Promise<boolean> {
	const { promise: deadline, cancel } = after(deadlineMs);
	try {
		return await Promise.race([check.isReady(), deadline]);
	} catch {
		return false;
	} finally {
		cancel();
	}
}

function after(ms: number): { promise: Promise<false>; cancel: () => void } {
	let timer: NodeJS.Timeout | undefined;
	const promise = new Promise<false>((resolve) => {
		timer = setTimeout(() => resolve(false), ms);
	});
	return { promise, cancel: () => clearTimeout(timer) };
}

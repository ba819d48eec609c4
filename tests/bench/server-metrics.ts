/** What a server's metrics say of some numbers at one moment, in the order of their names. */
export async function readMetrics(port: number, names: readonly string[]): Promise<readonly number[]> {
	const response = await fetch(`http://127.0.0.1:${port}/metrics`);
	const text = await response.text();
	return names.map((name) => {
		const [, value] = new RegExp(`^${name} (\\S+)$`, "m").exec(text) ?? [];
		if (value === undefined) throw new Error(`the server does not tell ${name}`);
		return Number(value);
	});
}

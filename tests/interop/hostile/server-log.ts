import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { eventually } from "../eventually.ts";
import type { KithHomeserver } from "../kith/kith-homeserver.ts";

export type LogLine = Readonly<Record<string, unknown>>;

/** What a Kith wrote into its log since it was started. */
const readLog = async ({ dataFolder }: KithHomeserver): Promise<readonly LogLine[]> =>
	(await readFile(`${dataFolder}.log`, "utf8")).split("\n").flatMap((line) => {
		// Between the lines of the log are those for a person.
		return line.startsWith("{") && line.endsWith("}") ? [JSON.parse(line) as LogLine] : [];
	});

/** Waits until the log holds a line about the peer with these fields. */
export const logged = (kith: KithHomeserver, fields: LogLine & { readonly peer: string }): Promise<void> =>
	eventually(async () => {
		const ofPeer = (await readLog(kith)).filter(({ peer }) => peer === fields.peer);
		expect(ofPeer.slice(-mostShown)).toContainEqual(expect.objectContaining(fields));
	}, 10);

/** Of a test that fails. */
const mostShown = 20;

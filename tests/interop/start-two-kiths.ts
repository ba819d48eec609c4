import type { StartedPair } from "./check-pair.ts";
import type { RoomWishes } from "./homeserver.ts";
import type { KithHomeserver } from "./kith/kith-homeserver.ts";
import { startTestKiths } from "./test-kith.ts";

interface TwoKiths extends StartedPair {
	readonly first: KithHomeserver;
	readonly second: KithHomeserver;
}

/** Two Kiths that know nothing of each other but the certificate both serve with. */
export const startTwoKiths = async (
	roomVersion: RoomWishes["version"],
	hosts?: readonly string[],
): Promise<TwoKiths> => {
	const kiths = await startTestKiths(2, { roomVersion, ...(hosts === undefined ? {} : { hosts }) });
	const [first, second] = kiths.all;
	if (first === undefined || second === undefined) throw new Error("two servers were asked for");
	return { first, second, [Symbol.asyncDispose]: () => kiths[Symbol.asyncDispose]() };
};

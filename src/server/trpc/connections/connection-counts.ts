import { type AddressedRequest, clientAddress, type IsTrustedProxy } from "../request/client-address.ts";
import { createKeyCounter } from "./key-counter.ts";

/** How many connections stay open to this process, whichever way they travel: sockets and streams of events. */
export interface ConnectionCounts {
	/**
	 * Counts one more of the address that a request comes from, and answers the way to take it back; undefined: the address
	 * has as many as it may.
	 */
	enterFrom(request: AddressedRequest): (() => void) | undefined;
	/** The same of an account. */
	enterOf(userId: string): (() => void) | undefined;
}

/** Far more than the windows and devices of one person. */
const maxOfAccount = 60;
/** One address may be a whole office. */
const maxOfAddress = 1_000;

export const createConnectionCounts = (isTrustedProxy: IsTrustedProxy): ConnectionCounts => {
	const ofAccount = createKeyCounter(maxOfAccount);
	const ofAddress = createKeyCounter(maxOfAddress);
	return {
		enterFrom: (request) => {
			const address = clientAddress(request, isTrustedProxy);
			// A proxy that does not name its callers, and this machine itself, are no address of anybody.
			return isTrustedProxy(address) ? () => undefined : ofAddress.enter(address);
		},
		enterOf: ofAccount.enter,
	};
};

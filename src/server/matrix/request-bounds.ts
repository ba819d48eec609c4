import { createKeyCounter } from "../trpc/connections/key-counter.ts";
import { type AddressedRequest, clientAddress, type IsTrustedProxy } from "../trpc/request/client-address.ts";

/** How much other servers may have this one do at a time; everything is given back when the answer has gone. */
export interface RequestBounds {
	/** One more request of the address that it comes from: before anybody knows whose it is. Undefined: too many. */
	enterFrom(request: AddressedRequest): Visit | undefined;
}

/** A request that was let in. */
export interface Visit {
	/** Keeps room for bytes of its body; false: there is none. */
	hold(bytes: number): boolean;
	/** Counts it as this server's, whose it is for sure; false: that has as many as it may. */
	countFor(origin: string): boolean;
	leave(): void;
}

export interface RequestLimits {
	readonly requestsOfAddress: number;
	readonly requestsOfOrigin: number;
	/** Of bodies, from their first byte until the answer has gone. */
	readonly bodyBytesOfAddress: number;
	readonly bodyBytes: number;
}

const defaultLimits: RequestLimits = {
	// A proxy of ours that does not name its callers is one address for all of them: see below.
	requestsOfAddress: 100,
	requestsOfOrigin: 30,
	bodyBytesOfAddress: 32 * 1024 * 1024,
	bodyBytes: 96 * 1024 * 1024,
};

export const createRequestBounds = (
	isTrustedProxy: IsTrustedProxy,
	limits: RequestLimits = defaultLimits,
): RequestBounds => {
	const ofAddress = createKeyCounter(limits.requestsOfAddress);
	const ofOrigin = createKeyCounter(limits.requestsOfOrigin);
	const held = new Map<string, number>();
	let heldByAll = 0;
	const release = (address: string, bytes: number): void => {
		const left = (held.get(address) ?? 0) - bytes;
		if (left > 0) held.set(address, left);
		else held.delete(address);
		heldByAll -= bytes;
	};
	const holdOf = (address: string, bytes: number): boolean => {
		const ofThis = (held.get(address) ?? 0) + bytes;
		const isNobodys = isTrustedProxy(address);
		if (heldByAll + bytes > limits.bodyBytes) return false;
		if (!isNobodys && ofThis > limits.bodyBytesOfAddress) return false;
		held.set(address, ofThis);
		heldByAll += bytes;
		return true;
	};
	return {
		enterFrom: (request) => {
			const address = clientAddress(request, isTrustedProxy);
			// A proxy that does not name its callers, and this machine itself, are no address of anybody.
			const leave = isTrustedProxy(address) ? () => undefined : ofAddress.enter(address);
			if (leave === undefined) return undefined;
			let bytesHeld = 0;
			let leaveOrigin: (() => void) | undefined;
			return {
				hold: (bytes) => {
					const isHeld = holdOf(address, bytes);
					if (isHeld) bytesHeld += bytes;
					return isHeld;
				},
				countFor: (origin) => {
					leaveOrigin = ofOrigin.enter(origin);
					return leaveOrigin !== undefined;
				},
				leave: () => {
					leaveOrigin?.();
					release(address, bytesHeld);
					bytesHeld = 0;
					leave();
				},
			};
		},
	};
};

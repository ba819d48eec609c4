import type { LookupFunction } from "node:net";
import { isIP } from "node:net";
import type { MayReach } from "../dns/address-policy.ts";
import type { HostAddresses } from "../dns/create-dns.ts";

/** The name has no address. */
export const unknownNameCode = "KITH_NAME_UNKNOWN";
/** It has only addresses that are not to be reached. */
export const refusedAddressCode = "KITH_ADDRESS_REFUSED";

/**
 * The lookup that connections are made with. What it answers is where the socket goes, with no second question in
 * between: a name that answers otherwise the next time gains nothing.
 */
export const checkedLookup =
	(addresses: HostAddresses, mayReach: MayReach): LookupFunction =>
	(host, options, callback) => {
		void addresses.find(host).then((found) => {
			const usable = found.filter(mayReach).map((address) => ({ address, family: isIP(address) }));
			const [first] = usable;
			if (first === undefined) {
				const code = found.length === 0 ? unknownNameCode : refusedAddressCode;
				callback(Object.assign(new Error(code), { code }), []);
			} else if (options.all === true) {
				callback(null, usable);
			} else {
				callback(null, first.address, first.family);
			}
		});
	};

import type { UnreachableReason } from "../../../../federation/ports/peer-transport.ts";
import { refusedAddressCode, unknownNameCode } from "./checked-lookup.ts";

/** Why an exchange ends early, in our own words. */
export class ExchangeFailure extends Error {
	override readonly name = "ExchangeFailure";
	readonly reason: UnreachableReason;

	constructor(reason: UnreachableReason, detail: string) {
		super(detail);
		this.reason = reason;
	}
}

/** What OpenSSL and Node call a certificate that does not prove enough. */
const certificateCode =
	/^(?:CERT_|CRL_|UNABLE_TO_|ERROR_IN_CERT_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$|ERR_TLS_CERT_)/;

/** The failure that an error of a socket, TLS or HTTP stands for. Codes are Node's; messages may quote the peer. */
export const failureOf = (error: unknown): { readonly reason: UnreachableReason; readonly detail: string } => {
	if (error instanceof ExchangeFailure) return { reason: error.reason, detail: error.message };
	const code = String((error as NodeJS.ErrnoException | undefined)?.code ?? "no code");
	if (code === unknownNameCode) return { reason: "name", detail: "the name has no address" };
	if (code === refusedAddressCode) {
		return { reason: "addressRefused", detail: "the name leads to private addresses only" };
	}
	if (certificateCode.test(code)) return { reason: "certificate", detail: `the certificate is refused (${code})` };
	if (code.startsWith("HPE_")) return { reason: "malformedAnswer", detail: `the answer is no HTTP (${code})` };
	return { reason: "connection", detail: `the connection failed (${code})` };
};

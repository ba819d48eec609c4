import type { HandshakeFailure } from "../../../../federation/handshakes/membership/asking.ts";
import type { UnreachableReason } from "../../../../federation/ports/peer-transport.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { AppErrorCode } from "../../../shared/wire/error.ts";

const unreachableCodes: Readonly<Record<UnreachableReason, AppErrorCode>> = {
	name: "server-unknown",
	addressRefused: "server-blocked",
	connection: "server-unreachable",
	certificate: "server-not-trusted",
	timeout: "server-unreachable",
	answerTooLarge: "server-unreachable",
	malformedAnswer: "server-unreachable",
	blocked: "server-blocked",
	backingOff: "server-unreachable",
};

/** What a person is told of a handshake that came to nothing. */
export const handshakeError = (failure: HandshakeFailure): AppError => {
	switch (failure.kind) {
		case "unreachable":
			return new AppError(unreachableCodes[failure.reason], { detail: failure.detail });
		case "versionNotSupported":
			return new AppError("version-not-supported", { detail: failure.version });
		case "misbehaved":
			return new AppError("server-not-trusted", { rule: failure.rule, detail: failure.detail });
		case "refused":
			return new AppError(refusedCode(failure), { detail: failure.errcode });
	}
};

const refusedCode = ({ status, errcode }: Extract<HandshakeFailure, { kind: "refused" }>): AppErrorCode => {
	if (errcode === "M_INVITE_BLOCKED") return "invite-blocked";
	return status === 404 ? "not-found" : "server-refused";
};

/** Of several servers' failures the one that says most: a refusal before a broken answer before silence. */
export const mostTelling = (failures: readonly HandshakeFailure[]): HandshakeFailure | undefined => {
	const rank = (failure: HandshakeFailure): number => {
		if (failure.kind === "refused") return failure.status === 404 ? 1 : 4;
		return { versionNotSupported: 3, misbehaved: 2, unreachable: 0 }[failure.kind];
	};
	return [...failures].sort((left, right) => rank(right) - rank(left))[0];
};

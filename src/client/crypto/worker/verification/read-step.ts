/** What the machine knows of a verification, as the step that people see. */
import {
	type CancelInfo,
	type Qr,
	Sas,
	VerificationMethod,
	type VerificationRequest,
	VerificationRequestPhase,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import type { VerificationEnd, VerificationStep } from "../../verification-call.ts";

type Methods = readonly VerificationMethod[];

/** `agreed`: what both can do, once that is known. */
export const readStep = (request: VerificationRequest, agreed: Agreed | undefined): VerificationStep => {
	using verification = request.getVerification();
	if (request.isDone() || verification?.isDone()) return { kind: "done" };
	const ended = (info: CancelInfo | undefined): VerificationStep => ({ kind: "ended", why: endOf(info) });
	if (verification?.isCancelled()) return ended(verification.cancelInfo());
	if (request.isCancelled()) return ended(request.cancelInfo);
	if (request.timedOut()) return { kind: "ended", why: "timeout" };
	if (verification instanceof Sas) return stepOfSas(verification);
	const step = verification === undefined ? undefined : stepOfQr(verification);
	if (step !== undefined) return step;
	const phase = request.phase();
	const hasBegun = phase === VerificationRequestPhase.Ready || phase === VerificationRequestPhase.Transitioned;
	return hasBegun && agreed !== undefined ? { kind: "ready", ...agreed } : { kind: "asked" };
};

export interface Agreed {
	readonly canShow: boolean;
	readonly canScan: boolean;
	readonly canCompare: boolean;
}

/** What both can do; undefined before the other has said. */
export const agreedIn = (request: VerificationRequest): Agreed | undefined => {
	const [ours, theirs] = [request.ourSupportedMethods, request.theirSupportedMethods];
	if (ours === undefined || theirs === undefined || request.phase() < VerificationRequestPhase.Ready) return undefined;
	const both = (here: VerificationMethod, there: VerificationMethod): boolean => has(ours, here) && has(theirs, there);
	const { QrCodeScanV1, QrCodeShowV1, ReciprocateV1, SasV1 } = VerificationMethod;
	const isReciprocal = both(ReciprocateV1, ReciprocateV1);
	return {
		canShow: isReciprocal && both(QrCodeShowV1, QrCodeScanV1),
		canScan: isReciprocal && both(QrCodeScanV1, QrCodeShowV1),
		canCompare: both(SasV1, SasV1),
	};
};

const has = (methods: Methods, method: VerificationMethod): boolean => methods.includes(method);

const stepOfSas = (sas: Sas): VerificationStep => {
	if (sas.haveWeConfirmed() || !sas.canBePresented()) return { kind: "waiting", hasRead: false };
	return { kind: "compare", emoji: [...(sas.emojiIndex() ?? [])], numbers: [...(sas.decimals() ?? [])] };
};

/** Undefined: the code is shown and nobody has read it, so that everything is open still. */
const stepOfQr = (qr: Qr): VerificationStep | undefined => {
	if (qr.reciprocated()) return { kind: "waiting", hasRead: true };
	if (qr.hasBeenConfirmed()) return { kind: "waiting", hasRead: false };
	return qr.hasBeenScanned() ? { kind: "scanned" } : undefined;
};

const endOf = (info: CancelInfo | undefined): VerificationEnd => {
	const code = info?.cancelCode();
	const isOurs = info?.cancelledbyUs() ?? true;
	info?.free();
	// What is ended here is put away at once. So this is the machine's doing: two at once with one person end each other.
	if (code === "m.user") return isOurs ? "crossed" : "declined";
	return endOfCode.get(code ?? "") ?? "confused";
};

/** Matrix v1.19 Client-Server API, `m.key.verification.cancel`. */
const endOfCode: ReadonlyMap<string, VerificationEnd> = new Map([
	["m.timeout", "timeout"],
	["m.accepted", "elsewhere"],
	["m.mismatched_sas", "mismatch"],
	["m.mismatched_commitment", "tampered"],
	["m.key_mismatch", "tampered"],
	["m.user_mismatch", "tampered"],
	["m.unknown_method", "no-way"],
] as const);

import { useRouter } from "next/router";
import { useCallback, useEffect, useState } from "react";
import { askEngine, whenIdentityKnown } from "../../client/crypto/ask-engine.ts";
import { CryptoError } from "../../client/crypto/crypto-engine.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useReturn } from "../../client/hooks/use-return.ts";
import { canKeepWithPasskey, keepWithPasskey } from "../../client/recovery/passkey-copy.ts";
import { remindTomorrow } from "../../client/recovery/reminder.ts";
import { saveFile } from "../../client/recovery/save-file.ts";
import { PasskeyCancelled } from "../../client/session/passkeys.ts";
import { startSession } from "../../client/sync/session.ts";
import { signInAddress } from "../../shared/return-address.ts";
import { dateText } from "../../shared/text/dates.ts";
import { serverOf } from "../../shared/text/names.ts";
import { text } from "../../shared/text/text.ts";
import type { ReadyKeyProps, RecoveryKeyProps } from "./recovery-key-view.tsx";

interface PreparedKey {
	readonly recoveryKey: string;
	readonly keyId: string;
	readonly replaces: boolean;
}

type Making =
	| { readonly kind: "making" }
	/** This device has nothing that a key would open. */
	| { readonly kind: "not-verified" }
	| { readonly kind: "failed"; readonly why: "not-readable" | "no-engine" }
	| ({ readonly kind: "ready" } & PreparedKey);

/** Makes a recovery key, which counts once the person says that they have it and it was tried again. */
export function useRecoveryKey(): RecoveryKeyProps {
	const router = useRouter();
	const wanted = useReturn();
	const me = useClientState((state) => state.me);
	const connection = useClientState((state) => state.connection);
	const [making, setMaking] = useState<Making>({ kind: "making" });
	const passkey = usePasskeyWay(me?.userId, making);
	const [saving, setSaving] = useState({ isBusy: false, isCopied: false, isQrShown: false, hasFailed: false });
	useEffect(() => startSession(), []);
	useEffect(() => {
		if (connection.kind === "signedOut") void router.replace(signInAddress("/recovery-key"));
	}, [connection, router]);
	useEffect(() => {
		if (making.kind === "not-verified") void router.replace("/unlock");
	}, [making, router]);
	const make = useCallback(() => {
		setMaking({ kind: "making" });
		void prepare().then(setMaking);
	}, []);
	useEffect(make, [make]);

	const leave = () => void router.replace(wanted);
	const ways = {
		serverName: me && serverOf(me.userId),
		onLater: () => {
			remindTomorrow();
			leave();
		},
	};
	if (making.kind === "making" || making.kind === "not-verified" || me === undefined)
		return { ...ways, kind: "making" };
	if (making.kind === "failed") {
		const error = text(making.why === "no-engine" ? "recoveryKey.noEngine" : "recoveryKey.notReadable");
		return { ...ways, kind: "failed", error, onRetry: make };
	}
	const { recoveryKey, keyId, replaces } = making;
	const change = (part: Partial<typeof saving>) => setSaving((before) => ({ ...before, ...part }));
	return {
		...ways,
		kind: "ready",
		...{ recoveryKey, replaces, passkey, account: me.userId },
		madeText: text("recoveryKey.sheetMade", { day: dateText(Date.now()) }),
		...{ isBusy: saving.isBusy, isCopied: saving.isCopied, isQrShown: saving.isQrShown },
		error: saving.hasFailed ? text("recoveryKey.notReadable") : undefined,
		onFile: () => saveFile(fileName(me.userId), fileText(me.userId, recoveryKey)),
		onPrint: () => print(),
		onCopy: () =>
			void navigator.clipboard.writeText(recoveryKey).then(
				() => change({ isCopied: true }),
				() => undefined,
			),
		onQr: () => change({ isQrShown: !saving.isQrShown }),
		onSaved: () => {
			if (saving.isBusy) return;
			change({ isBusy: true, hasFailed: false });
			askEngine("confirmRecoveryKey", { recoveryKey, keyId }).then(
				({ kind }) => (kind === "done" ? leave() : change({ isBusy: false, hasFailed: true })),
				() => change({ isBusy: false, hasFailed: true }),
			);
		},
	};
}

/** The passkey as a place for the key, where the person has one that can keep it. */
function usePasskeyWay(userId: string | undefined, making: Making): ReadyKeyProps["passkey"] {
	const [state, setState] = useState<"offered" | "asking" | "kept" | "cannot" | undefined>();
	const isSignedIn = userId !== undefined;
	useEffect(() => {
		if (!isSignedIn) return;
		canKeepWithPasskey().then(
			(can) => can && setState("offered"),
			() => undefined,
		);
	}, [isSignedIn]);
	if (state === undefined || userId === undefined || making.kind !== "ready") return undefined;
	const { keyId, recoveryKey } = making;
	return {
		state,
		onKeep: () => {
			setState("asking");
			keepWithPasskey({ userId, keyId }, recoveryKey).then(
				(outcome) => setState(outcome === "kept" ? "kept" : "cannot"),
				(error) => setState(error instanceof PasskeyCancelled ? "offered" : "cannot"),
			);
		},
	};
}

/** How often a key is asked for while the account is still being set up, a second apart. */
const mostAttempts = 20;

async function prepare(): Promise<Making> {
	try {
		await whenIdentityKnown();
		const { hasRecoveryKey } = await askEngine("recoveryStatus", {});
		for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
			const made = await askEngine("prepareRecoveryKey", {});
			if (made.kind === "prepared") return { ...made, kind: "ready", replaces: hasRecoveryKey };
			if (made.why === "not-verified") return { kind: "not-verified" };
			if (made.why === "not-readable") break;
			await new Promise((resolve) => setTimeout(resolve, 1_000));
		}
		return { kind: "failed", why: "not-readable" };
	} catch (error) {
		const isBrowser = error instanceof CryptoError && ["no-storage", "wasm-refused"].includes(error.code);
		return { kind: "failed", why: isBrowser ? "no-engine" : "not-readable" };
	}
}

function fileName(userId: string): string {
	return `kith-recovery-key-${userId.slice(1).replace(/[^a-z0-9.-]+/gi, "-")}.txt`;
}

function fileText(userId: string, recoveryKey: string): string {
	return [
		text("recoveryKey.sheet", { account: userId }),
		"",
		recoveryKey,
		"",
		text("recoveryKey.sheetText"),
		text("recoveryKey.sheetMade", { day: dateText(Date.now()) }),
		"",
	].join("\n");
}

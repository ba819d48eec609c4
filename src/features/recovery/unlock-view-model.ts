import { useRouter } from "next/router";
import { useCallback, useEffect, useState } from "react";
import { askEngine } from "../../client/crypto/ask-engine.ts";
import { engineState } from "../../client/crypto/engine-state.ts";
import type { UnlockRefusal } from "../../client/crypto/recovery-call.ts";
import type { VerificationSnapshot } from "../../client/crypto/verification-call.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { useReturn } from "../../client/hooks/use-return.ts";
import { keyInFile } from "../../client/recovery/key-in-file.ts";
import { hasPasskeyCopy as findPasskeyCopy, openWithPasskey } from "../../client/recovery/passkey-copy.ts";
import { useRestore } from "../../client/recovery/use-restore.ts";
import { whenBackupOpen } from "../../client/recovery/when-backup-open.ts";
import { PasskeyCancelled } from "../../client/session/passkeys.ts";
import { startSession } from "../../client/sync/session.ts";
import { signInAddress } from "../../shared/return-address.ts";
import { serverOf } from "../../shared/text/names.ts";
import { text } from "../../shared/text/text.ts";
import { useAnew } from "./anew-view-model.ts";
import { useAskDevice } from "./ask-device-view-model.ts";
import type { UnlockProps } from "./unlock-view.tsx";

/** Another device was asked to let this one in. */
interface Approving {
	readonly kind: "approving";
	readonly serverName: string | undefined;
	readonly snapshot: VerificationSnapshot;
	readonly onKey: () => void;
}

/** Getting back in on a device that has nothing. Who has nothing to open goes straight on. */
export function useUnlock(): UnlockProps | Approving {
	const router = useRouter();
	const wanted = useReturn();
	const me = useClientState((state) => state.me);
	const connection = useClientState((state) => state.connection);
	const identity = useObservable(engineState, (state) => state.identity);
	const [step, setStep] = useState<"key" | "anew" | "restoring">("key");
	const restore = useRestore();
	const leave = () => void router.replace(wanted);
	const anew = useAnew(() => void router.replace("/recovery-key"));
	useEffect(() => startSession(), []);
	useEffect(() => {
		if (connection.kind === "signedOut") void router.replace(signInAddress("/unlock"));
	}, [connection, router]);
	const { begin } = restore;
	const beginAfter = useCallback(
		(wait: Promise<void>) => {
			setStep("restoring");
			void wait.then(begin);
		},
		[begin],
	);
	const { asked, isLetIn, onKey, ...askDevice } = useAskDevice(
		identity,
		useCallback(() => beginAfter(whenBackupOpen()), [beginAfter]),
	);
	const { isBusy, submit, ...key } = useKey(() => beginAfter(Promise.resolve()));
	const hasPasskeyCopy = usePasskeyCopy(me !== undefined);
	// Where nothing can be opened, the chats say why, and what to do.
	const hasNoEngine = useObservable(engineState, (state) => state.kind === "unavailable");
	useEffect(() => {
		const isOpen = identity === "verified" && !isForBackup() && !isLetIn;
		if (step === "key" && !isBusy && (isOpen || hasNoEngine)) void router.replace(wanted);
	}, [step, isBusy, identity, hasNoEngine, isLetIn, router, wanted]);
	const serverName = me && serverOf(me.userId);
	if (me === undefined || identity === "unknown") return { serverName, kind: "loading" };
	if (step === "key" && asked !== undefined) return { serverName, kind: "approving", snapshot: asked, onKey };
	switch (step) {
		case "restoring":
			return { serverName, kind: "restoring", ...restore.state, onGoOn: leave };
		case "anew":
			return { serverName, kind: "anew", ...anew, onBack: () => setStep("key") };
		case "key":
			return {
				serverName,
				kind: "key",
				isBusy,
				...key,
				...askDevice,
				onSubmit: () => void submit(key.typed),
				onPasskey: hasPasskeyCopy ? () => void submit(() => openWithPasskey(me.userId)) : undefined,
				onLost: () => setStep("anew"),
				onLater: leave,
			};
	}
}

/** The recovery key, typed, from a file or by a passkey. */
function useKey(onUnlocked: () => void) {
	const [typed, setTyped] = useState("");
	const [refusal, setRefusal] = useState<UnlockRefusal | "failed" | "passkeyCannot" | undefined>();
	const [isBusy, setBusy] = useState(false);

	/** `words`: the key, or what brings it. */
	const submit = async (words: string | (() => Promise<string | undefined>)) => {
		if (isBusy) return;
		setBusy(true);
		setRefusal(undefined);
		const typed = await wordsOf(words);
		if (typed.kind !== "words") {
			setRefusal(typed.kind === "cannot" ? "passkeyCannot" : undefined);
			setBusy(false);
			return;
		}
		const outcome = await askEngine("unlock", { typed: typed.words }).catch(() => undefined);
		if (outcome?.kind === "unlocked") onUnlocked();
		else setRefusal(outcome === undefined ? "failed" : outcome.why);
		setBusy(false);
	};
	return {
		...{ typed, isBusy, submit },
		error: refusal && text(refusal === "failed" ? "error.offline" : `unlock.${refusal}`),
		onType: (words: string) => {
			setRefusal(undefined);
			setTyped(words);
		},
		onFile: (file: File) =>
			void keyInFile(file).then((found) => (found === undefined ? setRefusal("length") : setTyped(found))),
	};
}

function usePasskeyCopy(isSignedIn: boolean): boolean {
	const [hasCopy, setHasCopy] = useState(false);
	useEffect(() => {
		if (!isSignedIn) return;
		findPasskeyCopy().then(setHasCopy, () => undefined);
	}, [isSignedIn]);
	return hasCopy;
}

type Words = { readonly kind: "words"; readonly words: string } | { readonly kind: "cannot" | "cancelled" };

async function wordsOf(words: string | (() => Promise<string | undefined>)): Promise<Words> {
	if (typeof words === "string") return { kind: "words", words };
	try {
		const opened = await words();
		return opened === undefined ? { kind: "cannot" } : { kind: "words", words: opened };
	} catch (error) {
		return { kind: error instanceof PasskeyCancelled ? "cancelled" : "cannot" };
	}
}

/** `/unlock?for=backup`: the device is vouched for and lacks the key of a backup that took the place of its own. */
function isForBackup(): boolean {
	return new URLSearchParams(location.search).get("for") === "backup";
}

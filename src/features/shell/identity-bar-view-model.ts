import { useEffect, useState } from "react";
import { askEngine } from "../../client/crypto/ask-engine.ts";
import { clientEngine } from "../../client/crypto/client-engine.ts";
import { engineState } from "../../client/crypto/engine-state.ts";
import type { BackupState } from "../../client/crypto/recovery-call.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { isReminderDue, remindTomorrow } from "../../client/recovery/reminder.ts";
import type { IdentityBarProps } from "./identity-bar-view.tsx";

/** What this device lacks, the worst first. */
export function useIdentityBar(): IdentityBarProps {
	const identity = useObservable(engineState, (state) => state.identity);
	const [backup, setBackup] = useState<BackupState["kind"]>("unknown");
	const [isKeyless, setKeyless] = useState(false);
	useEffect(() => {
		if (identity !== "verified") return;
		let isLeft = false;
		let stop: (() => void) | undefined;
		void clientEngine()?.then((engine) => {
			if (isLeft) return;
			stop = engine.onNews((news) => {
				if (news.kind === "backup") setBackup(news.state.kind);
			});
		});
		askEngine("recoveryStatus", {}).then(
			(status) => {
				if (isLeft) return;
				setBackup(status.backup.kind);
				setKeyless(!status.hasRecoveryKey && isReminderDue(Date.now()));
			},
			() => undefined,
		);
		return () => {
			isLeft = true;
			stop?.();
		};
	}, [identity]);
	return {
		state: stateOf(identity, backup, isKeyless),
		onLater: () => {
			remindTomorrow();
			setKeyless(false);
		},
	};
}

function stateOf(identity: string, backup: BackupState["kind"], isKeyless: boolean): IdentityBarProps["state"] {
	if (identity === "unverified") return "locked";
	if (identity !== "verified") return "fine";
	if (backup === "locked") return "backup-locked";
	if (backup === "replaced") return "replaced";
	return isKeyless ? "keyless" : "fine";
}

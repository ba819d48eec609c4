import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { askEngine } from "../../client/crypto/ask-engine.ts";
import { engineState } from "../../client/crypto/engine-state.ts";
import type { BackupState } from "../../client/crypto/recovery-call.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { saveFile } from "../../client/recovery/save-file.ts";
import { text } from "../../shared/text/text.ts";
import type { KeysPartProps } from "./keys-part-view.tsx";

type Asking = { readonly kind: "export" } | { readonly kind: "import"; readonly file: File };

/** No such file, or another passphrase. */
class FileRefused extends Error {}

export function useKeys(): KeysPartProps {
	const identity = useObservable(engineState, (state) => state.identity);
	const status = useQuery({ queryKey: ["recoveryStatus", identity], queryFn: () => askEngine("recoveryStatus", {}) });
	const losses = useQuery({ queryKey: ["inboxLosses", identity], queryFn: () => askEngine("inboxLosses", {}) });
	const [asking, setAsking] = useState<Asking | undefined>();
	const [passphrase, setPassphrase] = useState("");
	const [done, setDone] = useState<string | undefined>();
	const work = useMutation({
		mutationFn: (task: Asking) => (task.kind === "export" ? exportKeys(passphrase) : importKeys(task.file, passphrase)),
		onSuccess: (words) => {
			setDone(words);
			open(undefined);
		},
	});
	const open = (next: Asking | undefined) => {
		work.reset();
		setPassphrase("");
		setAsking(next);
		if (next !== undefined) setDone(undefined);
	};
	return {
		lines: [...linesOf(status.data), ...lossLines(losses.data)],
		isVerified: identity === "verified",
		hasRecoveryKey: status.data?.hasRecoveryKey === true,
		asking: asking?.kind,
		...{ passphrase, done },
		isBusy: work.isPending,
		error: work.error === null ? undefined : text(work.error instanceof FileRefused ? "keys.refused" : "keys.failed"),
		onExport: () => open({ kind: "export" }),
		onImport: (file) => open({ kind: "import", file }),
		onPassphrase: setPassphrase,
		onClose: () => open(undefined),
		onSubmit: () => {
			if (asking !== undefined) work.mutate(asking);
		},
	};
}

async function exportKeys(passphrase: string): Promise<string> {
	const { file } = await askEngine("exportKeys", { passphrase });
	saveFile("kith-keys.txt", file);
	return text("keys.exported");
}

async function importKeys(file: File, passphrase: string): Promise<string> {
	const outcome = await askEngine("importKeys", { file: await file.text(), passphrase });
	if (outcome.kind === "refused") throw new FileRefused();
	return text("keys.imported", { count: outcome.imported });
}

function lossLines({ dropped, setAside } = { dropped: 0, setAside: 0 }): string[] {
	return [
		...(dropped > 0 ? [text("keys.dropped", { count: dropped })] : []),
		...(setAside > 0 ? [text("keys.setAside", { count: setAside })] : []),
	];
}

function linesOf(status: { readonly backup: BackupState; readonly hasRecoveryKey: boolean } | undefined): string[] {
	if (status === undefined) return [];
	const key = text(status.hasRecoveryKey ? "keys.hasRecoveryKey" : "keys.noRecoveryKey");
	const { backup } = status;
	if (backup.kind === "unknown") return [key];
	return [text(`keys.backup-${backup.kind}`), key];
}

import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { TextField } from "../../components/text-field.tsx";
import { text } from "../../shared/text/text.ts";
import type { WireServerRule } from "../../shared/wire/federation-calls.ts";

export interface ServerRuleDialogProps {
	readonly dialog: { readonly kind: WireServerRule["kind"]; readonly pattern: string };
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onPut: (rule: Pick<WireServerRule, "kind" | "pattern" | "note">) => void;
	readonly onClose: () => void;
}

/** Which server, or which of many, and why: for the owner alone. */
export function ServerRuleDialogView({ dialog, isBusy, error, onPut, onClose }: ServerRuleDialogProps) {
	const { kind } = dialog;
	const [pattern, setPattern] = useState(dialog.pattern);
	const [note, setNote] = useState("");
	return (
		<FormDialog
			title={text(`serverRules.${kind}Ask`)}
			lead={text(`serverRules.${kind}Lead`)}
			action={text(`serverRules.${kind}Do`)}
			look={kind === "block" ? "danger" : "primary"}
			isBusy={isBusy}
			error={error}
			onSubmit={() => {
				if (pattern.trim() !== "") onPut({ kind, pattern, note });
			}}
			onClose={onClose}
		>
			<TextField
				label={text("serverRules.pattern")}
				hint={text("serverRules.patternHint")}
				inputMode="url"
				autoComplete="off"
				required
				maxLength={300}
				value={pattern}
				onChange={(event) => setPattern(event.target.value)}
			/>
			<TextField
				label={text("serverRules.note")}
				hint={text("serverRules.noteHint")}
				autoCapitalize="sentences"
				autoComplete="off"
				maxLength={200}
				value={note}
				onChange={(event) => setNote(event.target.value)}
			/>
		</FormDialog>
	);
}

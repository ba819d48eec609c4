import { useState } from "react";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { SecretDialog } from "../../components/secret-dialog.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { type Lasting, lastings } from "../../shared/lasting.ts";
import { text } from "../../shared/text/text.ts";

export interface TokensDialogsProps {
	readonly dialog:
		| { readonly kind: "create" }
		| { readonly kind: "remove" }
		| { readonly kind: "secret"; readonly link: string };
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onCreate: (usesAllowed: number, lasting: Lasting) => void;
	readonly onConfirm: () => void;
	readonly onClose: () => void;
}

export function TokensDialogsView(props: TokensDialogsProps) {
	const { dialog, isBusy, error, onConfirm, onClose } = props;
	switch (dialog.kind) {
		case "create":
			return <CreateDialog {...props} />;
		case "remove":
			return (
				<ConfirmDialog
					title={text("tokens.removeTitle")}
					text={text("tokens.removeText")}
					action={text("tokens.remove")}
					isBusy={isBusy}
					error={error}
					onConfirm={onConfirm}
					onClose={onClose}
				/>
			);
		case "secret":
			return (
				<SecretDialog
					title={text("tokens.secretTitle")}
					text={text("tokens.secretText")}
					what={text("tokens.link")}
					value={dialog.link}
					onClose={onClose}
				/>
			);
	}
}

function CreateDialog({ isBusy, error, onCreate, onClose }: TokensDialogsProps) {
	const [uses, setUses] = useState("1");
	const [lasting, setLasting] = useState<Lasting>("week");
	return (
		<FormDialog
			title={text("tokens.createTitle")}
			lead={text("tokens.lead")}
			action={text("tokens.create")}
			isBusy={isBusy}
			error={error}
			onSubmit={() => onCreate(Number(uses), lasting)}
			onClose={onClose}
		>
			<TextField
				label={text("tokens.uses")}
				type="number"
				inputMode="numeric"
				min={1}
				max={1000}
				required
				value={uses}
				onChange={(event) => setUses(event.target.value)}
			/>
			<SelectField
				label={text("tokens.ends")}
				value={lasting}
				options={lastings.map((value) => ({ value, label: text(`lasting.${value}`) }))}
				onChoose={setLasting}
			/>
		</FormDialog>
	);
}

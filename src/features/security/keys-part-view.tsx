import { Download, KeyRound, Upload } from "lucide-react";
import Link from "next/link";
import { type ChangeEvent, useRef } from "react";
import { Button } from "../../components/button.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { SettingsGroup } from "../../components/settings-page.tsx";
import { text } from "../../shared/text/text.ts";

export interface KeysPartProps {
	/** What is known of the backup and the recovery key, in words. */
	readonly lines: readonly string[];
	/** False: this device has not been let in, so it can make no recovery key. */
	readonly isVerified: boolean;
	readonly hasRecoveryKey: boolean;
	readonly asking: "export" | "import" | undefined;
	readonly passphrase: string;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	/** What came of it. */
	readonly done: string | undefined;
	readonly onExport: () => void;
	readonly onImport: (file: File) => void;
	readonly onPassphrase: (passphrase: string) => void;
	readonly onClose: () => void;
	readonly onSubmit: () => void;
}

/** The keys of messages: how they are kept, and how they are taken along in a file. */
export function KeysPart(props: KeysPartProps) {
	const picker = useRef<HTMLInputElement>(null);
	const choose = (event: ChangeEvent<HTMLInputElement>) => {
		const [file] = event.target.files ?? [];
		event.target.value = "";
		if (file !== undefined) props.onImport(file);
	};
	return (
		<SettingsGroup title={text("keys.title")} hint={text("keys.fileHint")}>
			{props.lines.map((line) => (
				<p className="settings-none" key={line}>
					{line}
				</p>
			))}
			<Link
				className="button button-second button-large button-wide"
				href={props.isVerified ? "/recovery-key?to=/you/security" : "/unlock?to=/you/security"}
			>
				<Icon of={KeyRound} size={18} />
				{text(linkWords(props))}
			</Link>
			<Button look="second" size="large" isWide onClick={props.onExport}>
				<Icon of={Download} size={18} />
				{text("keys.export")}
			</Button>
			<Button look="second" size="large" isWide onClick={() => picker.current?.click()}>
				<Icon of={Upload} size={18} />
				{text("keys.import")}
			</Button>
			<input
				ref={picker}
				className="visually-hidden"
				type="file"
				accept=".txt,text/plain"
				tabIndex={-1}
				aria-label={text("keys.importFile")}
				onChange={choose}
			/>
			<p role="status">{props.done}</p>
			{props.asking === undefined && <FormError message={props.error} />}
			{props.asking !== undefined && <PassphraseDialog {...props} asking={props.asking} />}
		</SettingsGroup>
	);
}

function linkWords({ isVerified, hasRecoveryKey }: KeysPartProps) {
	if (!isVerified) return "keys.unlock";
	return hasRecoveryKey ? "keys.newRecoveryKey" : "keys.makeRecoveryKey";
}

function PassphraseDialog({ asking, ...props }: KeysPartProps & { readonly asking: "export" | "import" }) {
	const isExport = asking === "export";
	return (
		<FormDialog
			title={text(isExport ? "keys.exportTitle" : "keys.importTitle")}
			lead={text(isExport ? "keys.exportText" : "keys.importText")}
			action={text(isExport ? "keys.exportAction" : "keys.importAction")}
			isBusy={props.isBusy}
			error={props.error}
			onSubmit={props.onSubmit}
			onClose={props.onClose}
		>
			<PasswordField
				label={text("keys.passphrase")}
				name="passphrase"
				autoComplete={isExport ? "new-password" : "off"}
				required
				minLength={isExport ? 12 : 1}
				value={props.passphrase}
				onChange={(event) => props.onPassphrase(event.target.value)}
			/>
		</FormDialog>
	);
}

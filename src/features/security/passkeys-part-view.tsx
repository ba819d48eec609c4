import { Fingerprint, Pencil, Plus, Trash2 } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { NameDialog } from "../../components/name-dialog.tsx";
import { ProofField, type ProofFieldProps } from "../../components/proof-field.tsx";
import { SettingsGroup } from "../../components/settings-page.tsx";
import { text } from "../../shared/text/text.ts";

export type PasskeyAsking =
	| { readonly kind: "add" }
	| { readonly kind: "rename" | "remove"; readonly id: string; readonly name: string };

export interface PasskeysPartProps {
	readonly passkeys: readonly { readonly id: string; readonly name: string; readonly usedText: string }[];
	/** False where the browser or the address has no passkeys. */
	readonly canAdd: boolean;
	readonly asking: PasskeyAsking | undefined;
	readonly proof: ProofFieldProps;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onAsk: (asking: PasskeyAsking) => void;
	readonly onClose: () => void;
	readonly onAdd: () => void;
	readonly onRename: (name: string) => void;
	readonly onRemove: () => void;
}

export function PasskeysPart(props: PasskeysPartProps) {
	const { passkeys, onAsk } = props;
	return (
		<SettingsGroup title={text("security.passkeys")} hint={text("security.passkeysHint")}>
			{passkeys.length > 0 && (
				<ul className="settings-rows">
					{passkeys.map(({ id, name, usedText }) => (
						<li className="settings-row" key={id}>
							<Icon of={Fingerprint} />
							<span className="settings-words">
								<b>{name}</b>
								<small>{usedText}</small>
							</span>
							<IconButton
								icon={Pencil}
								label={text("devices.rename", { name })}
								onClick={() => onAsk({ kind: "rename", id, name })}
							/>
							<IconButton
								icon={Trash2}
								label={text("security.remove", { name })}
								onClick={() => onAsk({ kind: "remove", id, name })}
							/>
						</li>
					))}
				</ul>
			)}
			{props.canAdd ? (
				<Button look="second" size="large" isWide onClick={() => onAsk({ kind: "add" })}>
					<Icon of={Plus} size={18} />
					{text("security.addPasskey")}
				</Button>
			) : (
				<p className="settings-none">{text("security.noPasskeys")}</p>
			)}
			<PasskeyDialogs {...props} />
		</SettingsGroup>
	);
}

function PasskeyDialogs({ asking, proof, isBusy, error, ...props }: PasskeysPartProps) {
	if (asking === undefined) return null;
	const common = { isBusy, error, onClose: props.onClose };
	if (asking.kind === "rename") {
		return (
			<NameDialog
				{...common}
				title={text("security.renameTitle")}
				label={text("devices.name")}
				name={asking.name}
				onSave={props.onRename}
			/>
		);
	}
	if (asking.kind === "add") {
		return (
			<FormDialog
				{...common}
				title={text("security.addPasskey")}
				lead={text("security.addText")}
				action={text("security.addAction")}
				onSubmit={props.onAdd}
			>
				<ProofField {...proof} />
			</FormDialog>
		);
	}
	return (
		<FormDialog
			{...common}
			title={text("security.removeTitle", { name: asking.name })}
			lead={text("security.removeText")}
			action={text("security.removeAction")}
			look="danger"
			onSubmit={props.onRemove}
		>
			<ProofField {...proof} />
		</FormDialog>
	);
}

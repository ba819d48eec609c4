import { Fingerprint, Pencil, Plus, Trash2 } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { NameDialog } from "../../components/name-dialog.tsx";
import { SettingsGroup } from "../../components/settings-page.tsx";
import { text } from "../../shared/text/text.ts";

export interface PasskeyAsking {
	readonly kind: "rename" | "remove";
	readonly id: string;
	readonly name: string;
}

export interface PasskeysPartProps {
	readonly passkeys: readonly { readonly id: string; readonly name: string; readonly usedText: string }[];
	/** False where the browser or the address has no passkeys. */
	readonly canAdd: boolean;
	readonly asking: PasskeyAsking | undefined;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onAsk: (asking: PasskeyAsking) => void;
	readonly onClose: () => void;
	readonly onAdd: () => void;
	readonly onRename: (name: string) => void;
	readonly onRemove: () => void;
}

export function PasskeysPart(props: PasskeysPartProps) {
	const { passkeys, asking, isBusy, error, onAsk } = props;
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
			{asking === undefined && <FormError message={error} />}
			{props.canAdd ? (
				<Button look="second" size="large" isWide isBusy={isBusy && asking === undefined} onClick={props.onAdd}>
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

function PasskeyDialogs({ asking, isBusy, error, ...props }: PasskeysPartProps) {
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
	return (
		<ConfirmDialog
			{...common}
			title={text("security.removeTitle", { name: asking.name })}
			text={text("security.removeText")}
			action={text("security.removeAction")}
			onConfirm={props.onRemove}
		/>
	);
}

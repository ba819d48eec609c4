import { DoorOpen, Lock, LockOpen, UsersRound } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { ChoiceGroup } from "../../components/choice-group.tsx";
import { EncryptionNote } from "../../components/encryption-note.tsx";
import { FormError } from "../../components/form-error.tsx";
import { NamedPicture } from "../../components/named-picture.tsx";
import { Pane } from "../../components/pane.tsx";
import { PeoplePicker, type PeoplePickerProps } from "../../components/people-picker.tsx";
import type { PictureChangeSnapshot } from "../../components/picture-change.tsx";
import { TextField } from "../../components/text-field.tsx";
import "../../shared/text/en/room-info.ts";
import "../../shared/text/en/settings.ts";
import { text } from "../../shared/text/text.ts";

export interface NewGroupProps
	extends Required<Pick<PeoplePickerProps, "query" | "search" | "onQuery" | "onPick" | "chosen">> {
	readonly name: string;
	readonly nameError: string | undefined;
	readonly kind: "group" | "public";
	/** The part of the address before the colon, for a public room. */
	readonly alias: string;
	readonly serverName: string;
	/** False where this browser cannot encrypt. */
	readonly canEncrypt: boolean;
	/** Of a public room: what is written there is encrypted. */
	readonly isEncrypted: boolean;
	/** `mxc://` address of the picture that was chosen for it. */
	readonly avatarUrl: string | undefined;
	readonly picture: PictureChangeSnapshot;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onName: (name: string) => void;
	readonly onKind: (kind: "group" | "public") => void;
	readonly onAlias: (alias: string) => void;
	readonly onEncrypted: (isEncrypted: boolean) => void;
	readonly onSubmit: () => void;
}

export function NewGroupView(props: NewGroupProps) {
	const { query, search, chosen, onQuery, onPick } = props;
	return (
		<Pane
			title={text("newGroup.title")}
			back={{ href: "/new", isAlways: true }}
			onSubmit={props.onSubmit}
			foot={
				<div className="pane-foot">
					<FormError message={props.error} />
					<Button type="submit" size="large" isWide isBusy={props.isBusy}>
						{text(props.isBusy ? "newGroup.busy" : "newGroup.submit")}
					</Button>
				</div>
			}
		>
			<NamedPicture
				label={text("newGroup.name")}
				placeholder={text("newGroup.namePlaceholder")}
				name={props.name}
				nameError={props.nameError}
				avatarUrl={props.avatarUrl}
				picture={props.picture}
				blank={UsersRound}
				onName={props.onName}
			/>
			<GroupKind {...props} />
			<section className="field" aria-label={text("newGroup.people")}>
				<h2 className="label">{text("newGroup.people")}</h2>
				<PeoplePicker query={query} search={search} chosen={chosen} onQuery={onQuery} onPick={onPick} />
			</section>
		</Pane>
	);
}

const kinds = [
	{ value: "group", icon: UsersRound },
	{ value: "public", icon: DoorOpen },
] as const;

/** Who may come in, and the address of a room that everybody may join. */
function GroupKind({ kind, alias, serverName, isEncrypted, canEncrypt, ...props }: NewGroupProps) {
	const { onKind, onAlias, onEncrypted } = props;
	return (
		<>
			<section className="field" aria-label={text("joinRule.title")}>
				<h2 className="label">{text("joinRule.title")}</h2>
				<ChoiceGroup
					label={text("joinRule.title")}
					value={kind}
					choices={kinds.map(({ value, icon }) => ({
						value,
						icon,
						label: text(`newGroup.${value}`),
						hint: text(`newGroup.${value}Hint`),
					}))}
					onChoose={onKind}
				/>
			</section>
			{!canEncrypt && <EncryptionNote isEncrypted={false}>{text("newChat.notEncrypted")}</EncryptionNote>}
			{canEncrypt && kind === "group" && <EncryptionNote isEncrypted>{text("newGroup.encrypted")}</EncryptionNote>}
			{canEncrypt && kind === "public" && <PublicEncryption isEncrypted={isEncrypted} onEncrypted={onEncrypted} />}
			{kind === "public" && (
				<TextField
					label={text("newGroup.alias")}
					value={alias}
					autoComplete="off"
					maxLength={128}
					before={<span className="affix">#</span>}
					after={<span className="affix affix-end">:{serverName}</span>}
					hint={text("newGroup.aliasHint")}
					onChange={(event) => onAlias(event.target.value)}
				/>
			)}
		</>
	);
}

const secrecies = [
	{ value: "open", icon: LockOpen },
	{ value: "encrypted", icon: Lock },
] as const;

/** In a public room both make sense: it is asked. */
function PublicEncryption({ isEncrypted, onEncrypted }: Pick<NewGroupProps, "isEncrypted" | "onEncrypted">) {
	return (
		<section className="field" aria-label={text("newGroup.encryption")}>
			<h2 className="label">{text("newGroup.encryption")}</h2>
			<ChoiceGroup
				label={text("newGroup.encryption")}
				value={isEncrypted ? "encrypted" : "open"}
				choices={secrecies.map(({ value, icon }) => ({
					value,
					icon,
					label: text(`secrecy.${value}`),
					hint: text(`secrecyHint.${value}`),
				}))}
				onChoose={(value) => onEncrypted(value === "encrypted")}
			/>
		</section>
	);
}

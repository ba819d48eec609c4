import { Check, Copy } from "lucide-react";
import type { FormEvent } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { PictureChange, type PictureChangeSnapshot } from "../../components/picture-change.tsx";
import { SettingsGroup, SettingsPage } from "../../components/settings-page.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { TextField } from "../../components/text-field.tsx";
import { text } from "../../shared/text/text.ts";

interface Profile {
	readonly userId: string;
	readonly displayName: string;
	readonly avatarUrl?: string | undefined;
	readonly serverName: string;
}

export interface ProfileProps {
	readonly me: Profile | undefined;
	readonly picture: PictureChangeSnapshot;
	readonly name: string;
	readonly isNameChanged: boolean;
	readonly isNameBusy: boolean;
	readonly isNameSaved: boolean;
	readonly nameError: string | undefined;
	readonly isCopied: boolean;
	readonly onName: (name: string) => void;
	readonly onSaveName: (event: FormEvent) => void;
	readonly onCopyId: () => void;
}

/** How others see the person, and the id by which they are found. */
export function ProfileView(props: ProfileProps) {
	const { me, isCopied, onCopyId } = props;
	return (
		<SettingsPage title={text("profile.title")}>
			{me === undefined ? (
				<SkeletonRows count={1} label={text("common.loading")} />
			) : (
				<>
					<div className="profile">
						<Avatar id={me.userId} name={me.displayName} picture={me.avatarUrl} size={128} />
						<PictureChange {...props.picture} hasPicture={me.avatarUrl !== undefined} />
					</div>
					<NameForm {...props} />
					<SettingsGroup title={text("profile.id")} hint={text("profile.idHint", { server: me.serverName })}>
						<div className="settings-row">
							<span className="settings-words">{me.userId}</span>
							<Button look="second" size="small" onClick={onCopyId}>
								<Icon of={isCopied ? Check : Copy} size={16} />
								<span aria-live="polite">{text(isCopied ? "common.copied" : "common.copy")}</span>
							</Button>
						</div>
					</SettingsGroup>
				</>
			)}
		</SettingsPage>
	);
}

function NameForm(props: ProfileProps) {
	const { name, isNameChanged, isNameBusy, isNameSaved, nameError, onName, onSaveName } = props;
	const hint = nameError ?? text(isNameSaved ? "profile.nameSaved" : "profile.nameHint");
	return (
		<form className="name-form" onSubmit={onSaveName} noValidate>
			<TextField
				label={text("profile.name")}
				name="name"
				autoComplete="name"
				autoCapitalize="words"
				maxLength={120}
				value={name}
				hint={hint}
				hintKind={nameError !== undefined ? "bad" : isNameSaved ? "ok" : "plain"}
				onChange={(event) => onName(event.currentTarget.value)}
			/>
			{isNameChanged && (
				<Button type="submit" isBusy={isNameBusy}>
					{text("common.save")}
				</Button>
			)}
		</form>
	);
}

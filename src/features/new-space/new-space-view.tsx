import { DoorOpen, LayoutGrid, UsersRound } from "lucide-react";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { ChoiceGroup } from "../../components/choice-group.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { Pane } from "../../components/pane.tsx";
import { PictureChange, type PictureChangeSnapshot } from "../../components/picture-change.tsx";
import { TextArea } from "../../components/text-area.tsx";
import { TextField } from "../../components/text-field.tsx";
import "../../shared/text/en/room-info.ts";
import "../../shared/text/en/settings.ts";
import "../../shared/text/en/space.ts";
import { text } from "../../shared/text/text.ts";

export interface NewSpaceProps {
	readonly name: string;
	readonly nameError: string | undefined;
	readonly topic: string;
	/** Who may come in. */
	readonly access: "invite" | "public";
	/** `mxc://` address of the picture that was chosen for it. */
	readonly avatarUrl: string | undefined;
	readonly picture: PictureChangeSnapshot;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onName: (name: string) => void;
	readonly onTopic: (topic: string) => void;
	readonly onAccess: (access: "invite" | "public") => void;
	readonly onSubmit: () => void;
}

const accesses = [
	{ value: "invite", icon: UsersRound },
	{ value: "public", icon: DoorOpen },
] as const;

/** Making a community: its rooms are put in afterwards. */
export function NewSpaceView(props: NewSpaceProps) {
	return (
		<Pane
			title={text("newSpace.title")}
			back={{ href: "/new", isAlways: true }}
			onSubmit={props.onSubmit}
			foot={
				<div className="pane-foot">
					<FormError message={props.error} />
					<Button type="submit" size="large" isWide isBusy={props.isBusy}>
						{text("newSpace.submit")}
					</Button>
				</div>
			}
		>
			<div className="profile">
				<Avatar id={props.name.trim()} name={props.name} picture={props.avatarUrl} size={88} isSpace>
					{props.name.trim() === "" && props.avatarUrl === undefined && (
						<span className="avatar-blank">
							<Icon of={LayoutGrid} size={24} />
						</span>
					)}
				</Avatar>
				<PictureChange {...props.picture} hasPicture={props.avatarUrl !== undefined} />
			</div>
			<TextField
				label={text("newSpace.name")}
				placeholder={text("newGroup.namePlaceholder")}
				autoComplete="off"
				autoCapitalize="sentences"
				maxLength={120}
				value={props.name}
				{...(props.nameError !== undefined && { hint: props.nameError, hintKind: "bad" as const })}
				onChange={(event) => props.onName(event.target.value)}
			/>
			<TextArea
				label={text("info.topic")}
				maxLength={2000}
				value={props.topic}
				onChange={(event) => props.onTopic(event.target.value)}
			/>
			<section className="field" aria-label={text("joinRule.title")}>
				<h2 className="label">{text("joinRule.title")}</h2>
				<ChoiceGroup
					label={text("joinRule.title")}
					value={props.access}
					choices={accesses.map(({ value, icon }) => ({
						value,
						icon,
						label: text(`newSpace.${value}`),
						hint: text(`newSpace.${value}Hint`),
					}))}
					onChoose={props.onAccess}
				/>
			</section>
		</Pane>
	);
}

import { DoorOpen, LayoutGrid, UsersRound } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { ChoiceGroup } from "../../components/choice-group.tsx";
import { FormError } from "../../components/form-error.tsx";
import { NamedPicture } from "../../components/named-picture.tsx";
import { Pane } from "../../components/pane.tsx";
import type { PictureChangeSnapshot } from "../../components/picture-change.tsx";
import { TextArea } from "../../components/text-area.tsx";
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
			<NamedPicture
				label={text("newSpace.name")}
				placeholder={text("newGroup.namePlaceholder")}
				name={props.name}
				nameError={props.nameError}
				avatarUrl={props.avatarUrl}
				picture={props.picture}
				blank={LayoutGrid}
				isSpace
				onName={props.onName}
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

import type { LucideIcon } from "lucide-react";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";
import { PictureChange, type PictureChangeSnapshot } from "./picture-change.tsx";
import { TextField } from "./text-field.tsx";

export interface NamedPictureProps {
	readonly label: string;
	readonly placeholder: string;
	readonly name: string;
	readonly nameError: string | undefined;
	/** `mxc://` address of the picture that was chosen for it. */
	readonly avatarUrl: string | undefined;
	readonly picture: PictureChangeSnapshot;
	/** Stands for it until it has a name or a picture. */
	readonly blank: LucideIcon;
	readonly isSpace?: boolean;
	readonly onName: (name: string) => void;
}

/** The picture and the name of what is being made. */
export function NamedPicture(props: NamedPictureProps) {
	"use no memo";
	const { name, nameError, avatarUrl, picture, isSpace = false } = props;
	return (
		<>
			<div className="profile">
				<Avatar id={name.trim()} name={name} picture={avatarUrl} size={88} isSpace={isSpace}>
					{name.trim() === "" && avatarUrl === undefined && (
						<span className="avatar-blank">
							<Icon of={props.blank} size={24} />
						</span>
					)}
				</Avatar>
				<PictureChange {...picture} hasPicture={avatarUrl !== undefined} />
			</div>
			<TextField
				label={props.label}
				placeholder={props.placeholder}
				autoComplete="off"
				autoCapitalize="sentences"
				maxLength={120}
				value={name}
				{...(nameError !== undefined && { hint: nameError, hintKind: "bad" as const })}
				onChange={(event) => props.onName(event.target.value)}
			/>
		</>
	);
}

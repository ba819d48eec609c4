import { classNames } from "./class-names.ts";
import { initials, personColour } from "./person-colour.ts";

export interface AvatarProps {
	/** Whose picture: decides the colour. */
	readonly id: string;
	readonly name: string;
	/** Pixels; absent: 48. */
	readonly size?: 32 | 36 | 40 | 88;
}

/** A generated picture: initials on the colour of the id. The name stands beside it, so it is hidden from readers. */
export function Avatar({ id, name, size }: AvatarProps) {
	return (
		<span className={classNames("avatar", size && `avatar-${size}`, `fill-${personColour(id)}`)} aria-hidden="true">
			{initials(name)}
		</span>
	);
}

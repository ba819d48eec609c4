import { type ReactNode, useState } from "react";
import { mediaAddressPath } from "../shared/media-address.ts";
import { classNames } from "./class-names.ts";
import { useKnownPicture } from "./known-pictures.tsx";
import { initials, personColour } from "./person-colour.ts";

export interface AvatarProps {
	/** Whose picture: decides the colour behind it. */
	readonly id: string;
	readonly name: string;
	/** `mxc://` address; absent: what is known by the id. */
	readonly picture?: string | undefined;
	/** Pixels; absent: 48. */
	readonly size?: 32 | 36 | 40 | 88 | 128;
	/** Of a room that gathers others: a square with round corners. */
	readonly isSpace?: boolean | undefined;
	/** A dot says that the person is there; who shows it says so in words too. */
	readonly isOnline?: boolean;
	/** Lies over the letters: a picture that has no address, or a sign where there is no name yet. */
	readonly children?: ReactNode;
}

/**
 * The picture of a person or a room, or initials on the colour of the id while there is none. The name stands beside it,
 * so it is hidden from readers.
 */
export function Avatar({ id, name, picture, size, isSpace, isOnline = false, children }: AvatarProps) {
	"use no memo";
	const known = useKnownPicture(id);
	const address = mediaAddressPath(picture ?? known ?? "");
	return (
		<span
			className={classNames(
				"avatar",
				size && `avatar-${size}`,
				isSpace && "avatar-space",
				`fill-${personColour(id)}`,
				isOnline && "is-online",
			)}
			aria-hidden="true"
		>
			{initials(name)}
			{address !== undefined && <Picture key={address} address={address} />}
			{children}
		</span>
	);
}

/** Lies over the initials, so that nothing moves when it comes, and they show where it does not. */
function Picture({ address }: { readonly address: string }) {
	"use no memo";
	const [state, setState] = useState<"loading" | "there" | "broken">("loading");
	if (state === "broken") return null;
	return (
		// biome-ignore lint/performance/noImgElement: it is small, and comes from this server as it is.
		<img
			className={classNames("avatar-picture", state === "loading" && "is-loading")}
			src={address}
			alt=""
			loading="lazy"
			decoding="sync"
			draggable={false}
			onLoad={() => setState("there")}
			onError={() => setState("broken")}
		/>
	);
}

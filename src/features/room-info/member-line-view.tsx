import { BotMark } from "../../components/bot-mark.tsx";
import type { MenuItem } from "../../components/menu.tsx";
import { MenuButton } from "../../components/menu-button.tsx";
import { PictureLine } from "../../components/picture-line.tsx";
import { VerifiedMark } from "../../components/verified-mark.tsx";
import "../../shared/text/en/verification.ts";
import { text } from "../../shared/text/text.ts";

export interface MemberSnapshot {
	readonly userId: string;
	readonly name: string;
	/** `mxc://` address. */
	readonly picture: string | undefined;
	readonly isSelf: boolean;
	/** The reader has made sure of who they are. */
	readonly isVerified: boolean;
	readonly isOnline: boolean;
	/** Whether they are there, or when they were; absent where that is not known or not told. */
	readonly presence: string | undefined;
	/** The role in words; absent for ordinary members. */
	readonly role: string | undefined;
	/** What the reader may do with this person; empty: nothing, and no button. */
	readonly items: readonly MenuItem[];
}

export function MemberLine({
	userId,
	name,
	picture,
	isSelf,
	isVerified,
	isOnline,
	presence,
	role,
	items,
}: MemberSnapshot) {
	return (
		<PictureLine
			id={userId}
			name={name}
			picture={picture}
			size={36}
			isOnline={isOnline}
			title={isSelf ? text("common.you") : name}
			detail={presence ?? userId}
		>
			{isVerified && <VerifiedMark size={18} />}
			<BotMark id={userId} />
			{role !== undefined && <span className="tag">{role}</span>}
			{items.length > 0 && <MenuButton label={text("info.memberMenu", { name })} head={userId} items={items} />}
		</PictureLine>
	);
}

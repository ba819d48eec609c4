import { EllipsisVertical } from "lucide-react";
import { useState } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { Menu, type MenuItem } from "../../components/menu.tsx";
import { text } from "../../shared/text/text.ts";

export interface MemberSnapshot {
	readonly userId: string;
	readonly name: string;
	/** `mxc://` address. */
	readonly picture: string | undefined;
	readonly isSelf: boolean;
	readonly isOnline: boolean;
	/** Whether they are there, or when they were; absent where that is not known or not told. */
	readonly presence: string | undefined;
	/** The role in words; absent for ordinary members. */
	readonly role: string | undefined;
	/** What the reader may do with this person; empty: nothing, and no button. */
	readonly items: readonly MenuItem[];
}

export function MemberLine({ userId, name, picture, isSelf, isOnline, presence, role, items }: MemberSnapshot) {
	const [anchor, setAnchor] = useState<HTMLElement | undefined>();
	const label = text("info.memberMenu", { name });
	return (
		<div className="line line-2 line-still">
			<Avatar id={userId} name={name} picture={picture} size={36} isOnline={isOnline} />
			<span className="line-text">
				{isSelf ? text("common.you") : name}
				<small>{presence ?? userId}</small>
			</span>
			{role !== undefined && <span className="tag">{role}</span>}
			{items.length > 0 && (
				<IconButton
					icon={EllipsisVertical}
					label={label}
					aria-haspopup="menu"
					onClick={(event) => setAnchor(event.currentTarget)}
				/>
			)}
			{anchor !== undefined && (
				<Menu
					label={label}
					items={items}
					anchor={anchor}
					onClose={() => setAnchor(undefined)}
					head={<p className="menu-head">{userId}</p>}
				/>
			)}
		</div>
	);
}

import { EllipsisVertical } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./icon-button.tsx";
import { Menu, type MenuItem } from "./menu.tsx";

export interface MenuButtonProps {
	/** The name of the button and of its menu. */
	readonly label: string;
	/** Whom or what it is about, above the items. */
	readonly head: string;
	readonly items: readonly MenuItem[];
}

/** Three dots with a menu behind them. */
export function MenuButton({ label, head, items }: MenuButtonProps) {
	const [anchor, setAnchor] = useState<HTMLElement | undefined>();
	return (
		<>
			<IconButton
				icon={EllipsisVertical}
				label={label}
				aria-haspopup="menu"
				onClick={(event) => setAnchor(event.currentTarget)}
			/>
			{anchor !== undefined && (
				<Menu
					label={label}
					items={items}
					anchor={anchor}
					onClose={() => setAnchor(undefined)}
					head={<p className="menu-head">{head}</p>}
				/>
			)}
		</>
	);
}

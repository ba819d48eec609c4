import { DoorOpen, LayoutGrid, UsersRound } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { EncryptionNote } from "../../components/encryption-note.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { Pane } from "../../components/pane.tsx";
import { PeoplePicker, type PeoplePickerProps } from "../../components/people-picker.tsx";
import "../../shared/text/en/join.ts";
import "../../shared/text/en/space.ts";
import { text } from "../../shared/text/text.ts";

export interface NewChatProps extends Pick<PeoplePickerProps, "query" | "search" | "onQuery" | "onPick"> {
	/** False where this browser cannot encrypt. */
	readonly canEncrypt: boolean;
	readonly error: string | undefined;
	readonly tabs: ReactNode;
}

/** Finding somebody to write to. */
export function NewChatView({ canEncrypt, error, tabs, ...picker }: NewChatProps) {
	return (
		<Pane title={text("newChat.title")} back={{ href: "/chat", label: text("nav.toChats") }} foot={tabs}>
			<Link className="line line-2 line-card" href="/new-group">
				<span className="line-icon">
					<Icon of={UsersRound} />
				</span>
				<span className="line-text">
					{text("newChat.group")}
					<small>{text("newChat.groupHint")}</small>
				</span>
			</Link>
			<Link className="line line-2 line-card" href="/new-space">
				<span className="line-icon">
					<Icon of={LayoutGrid} />
				</span>
				<span className="line-text">
					{text("newSpace.title")}
					<small>{text("newSpace.hint")}</small>
				</span>
			</Link>
			<Link className="line line-2 line-card" href="/rooms">
				<span className="line-icon">
					<Icon of={DoorOpen} />
				</span>
				<span className="line-text">
					{text("rooms.title")}
					<small>{text("rooms.hint")}</small>
				</span>
			</Link>
			<FormError message={error} />
			<EncryptionNote isEncrypted={canEncrypt}>
				{text(canEncrypt ? "newChat.encrypted" : "newChat.notEncrypted")}
			</EncryptionNote>
			<PeoplePicker {...picker} />
		</Pane>
	);
}

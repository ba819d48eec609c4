import { Check, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { Button } from "../../components/button.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { SettingsGroup, SettingsPage } from "../../components/settings-page.tsx";
import "../../shared/text/en/reminders.ts";
import { text } from "../../shared/text/text.ts";

export interface RemindersProps {
	/** The earliest first. */
	readonly coming: readonly ReminderSnapshot[];
	/** The latest first. */
	readonly done: readonly ReminderSnapshot[];
	readonly onEdit: (id: string) => void;
	readonly onFinish: (id: string) => void;
	readonly onDelete: (id: string) => void;
	readonly onDeleteDone: () => void;
}

export interface ReminderSnapshot {
	readonly id: string;
	readonly href: string;
	readonly words: string;
	/** When, and in which chat. */
	readonly detail: string;
}

/** What the person wants to be reminded of on this device. */
export function RemindersView({ coming, done, onEdit, onFinish, onDelete, onDeleteDone }: RemindersProps) {
	return (
		<SettingsPage title={text("reminders.title")}>
			<SettingsGroup title={text("reminders.coming")} hint={text("reminders.hint")}>
				{coming.length === 0 && <p className="settings-none">{text("reminders.none")}</p>}
				<Rows of={coming} label={text("reminders.coming")}>
					{({ id, words }) => (
						<>
							<IconButton icon={Check} label={text("reminders.finish", { words })} onClick={() => onFinish(id)} />
							<IconButton icon={Pencil} label={text("reminders.edit", { words })} onClick={() => onEdit(id)} />
							<IconButton icon={Trash2} label={text("reminders.delete", { words })} onClick={() => onDelete(id)} />
						</>
					)}
				</Rows>
			</SettingsGroup>
			{done.length > 0 && (
				<SettingsGroup title={text("reminders.done")}>
					<Rows of={done} label={text("reminders.done")}>
						{({ id, words }) => (
							<IconButton icon={Trash2} label={text("reminders.delete", { words })} onClick={() => onDelete(id)} />
						)}
					</Rows>
					<div className="own-actions">
						<Button look="second" size="small" onClick={onDeleteDone}>
							{text("reminders.deleteAll")}
						</Button>
					</div>
				</SettingsGroup>
			)}
		</SettingsPage>
	);
}

interface RowsProps {
	readonly of: readonly ReminderSnapshot[];
	readonly label: string;
	readonly children: (one: ReminderSnapshot) => React.ReactNode;
}

function Rows({ of, label, children }: RowsProps) {
	if (of.length === 0) return null;
	return (
		<ul className="settings-rows" aria-label={label}>
			{of.map((one) => (
				<li className="settings-row" key={one.id}>
					<span className="settings-words">
						<Link href={one.href} dir="auto">
							{one.words}
						</Link>
						<small>{one.detail}</small>
					</span>
					{children(one)}
				</li>
			))}
		</ul>
	);
}

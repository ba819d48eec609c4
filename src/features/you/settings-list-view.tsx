import { ChevronRight, LogOut, Server } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import "../../shared/text/en/privacy.ts";
import "../../shared/text/en/reminders.ts";
import "../../shared/text/en/security.ts";
import "../../shared/text/en/settings.ts";
import { text } from "../../shared/text/text.ts";
import { listedSections, type SettingsSection, sectionIcons, sectionTitle } from "./settings-sections.ts";

export interface SettingsListProps {
	readonly me: { readonly userId: string; readonly displayName: string; readonly isOwner: boolean } | undefined;
	readonly current: SettingsSection | undefined;
	readonly isAsking: boolean;
	/** So much has not gone out yet, and would be lost. */
	readonly unsentCount: number;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onAsk: () => void;
	readonly onCancel: () => void;
	readonly onSignOut: () => void;
	readonly tabs: ReactNode;
}

/** The sections of the settings, and the way out. */
export function SettingsListView(props: SettingsListProps) {
	return (
		<nav className="list" aria-label={text("you.title")}>
			<div className="list-head">
				<h1>{text("you.title")}</h1>
			</div>
			<div className="rows">
				{props.me === undefined ? (
					<SkeletonRows count={1} label={text("common.loading")} />
				) : (
					<Link {...linkTo("profile", props.current)} className="row">
						<Avatar id={props.me.userId} name={props.me.displayName} />
						<span className="row-text">
							<span className="row-name">
								<span>{props.me.displayName}</span>
							</span>
							<span className="row-preview">
								<span>{props.me.userId}</span>
							</span>
						</span>
					</Link>
				)}
				<ul className="settings-list">
					{listedSections.map((section) => (
						<li key={section}>
							<Link {...linkTo(section, props.current)} className="settings-link">
								<span className="line-slot">
									<Icon of={sectionIcons[section]} />
								</span>
								<span className="line-text">{sectionTitle(section)}</span>
								<Icon of={ChevronRight} size={18} flips />
							</Link>
						</li>
					))}
					{props.me?.isOwner === true && (
						<li>
							<Link href="/admin" className="settings-link">
								<span className="line-slot">
									<Icon of={Server} />
								</span>
								<span className="line-text">{text("admin.title")}</span>
								<Icon of={ChevronRight} size={18} flips />
							</Link>
						</li>
					)}
				</ul>
				<div className="settings-list">
					<button type="button" className="settings-link is-danger" onClick={props.onAsk}>
						<span className="line-slot">
							<Icon of={LogOut} flips />
						</span>
						<span className="line-text">{text("you.signOut")}</span>
					</button>
				</div>
			</div>
			{props.tabs}
			{props.isAsking && (
				<ConfirmDialog
					title={text("you.signOutTitle")}
					text={
						props.unsentCount === 0 ? text("you.signOutText") : text("you.signOutUnsent", { count: props.unsentCount })
					}
					action={text("you.signOut")}
					isBusy={props.isBusy}
					error={props.error}
					onConfirm={props.onSignOut}
					onClose={props.onCancel}
				/>
			)}
		</nav>
	);
}

function linkTo(section: SettingsSection, current: SettingsSection | undefined) {
	return { href: `/you/${section}`, ...(section === current && { "aria-current": "page" as const }) };
}

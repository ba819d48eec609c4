import { LogOut } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { text } from "../../shared/text/text.ts";

export interface YouProps {
	readonly me: { readonly userId: string; readonly displayName: string; readonly serverName: string } | undefined;
	readonly isAsking: boolean;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onAsk: () => void;
	readonly onCancel: () => void;
	readonly onSignOut: () => void;
	readonly tabs: ReactNode;
}

/** Who is signed in here, and the way out. */
export function YouView({ me, isAsking, isBusy, error, onAsk, onCancel, onSignOut, tabs }: YouProps) {
	return (
		<main className="pane" aria-label={text("you.title")}>
			<header className="bar">
				<div className="bar-title bar-title-inset">
					<h1>{text("you.title")}</h1>
				</div>
			</header>
			<div className="pane-scroll">
				{me === undefined ? (
					<SkeletonRows count={1} label={text("common.loading")} />
				) : (
					<div className="pane-in">
						<div className="profile">
							<Avatar id={me.userId} name={me.displayName} size={88} />
							<h2>{me.displayName}</h2>
							<p>{me.userId}</p>
							<p>{text("you.server", { server: me.serverName })}</p>
						</div>
						<Button look="danger-quiet" size="large" isWide onClick={onAsk}>
							<Icon of={LogOut} size={18} flips />
							{text("you.signOut")}
						</Button>
					</div>
				)}
			</div>
			{tabs}
			{isAsking && (
				<ConfirmDialog
					title={text("you.signOutTitle")}
					text={text("you.signOutText")}
					action={text("you.signOut")}
					isBusy={isBusy}
					error={error}
					onConfirm={onSignOut}
					onClose={onCancel}
				/>
			)}
		</main>
	);
}

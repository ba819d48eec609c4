import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { FailedState } from "../../components/failed-state.tsx";
import { Icon } from "../../components/icon.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import "../../shared/text/en/admin.ts";
import { text } from "../../shared/text/text.ts";

export interface AdminPageProps {
	readonly title: string;
	readonly lead?: string | undefined;
	readonly action?: ReactNode;
	readonly children: ReactNode;
}

/** One of the owner's pages: a title, what can be done, and the content under it. */
export function AdminPageView({ title, lead, action, children }: AdminPageProps) {
	return (
		<main className="pane admin-main" aria-label={title}>
			<div className="pane-scroll">
				<div className="admin-in">
					<header className="admin-head">
						<Link className="back" href="/admin" aria-label={text("admin.toSections")}>
							<Icon of={ChevronLeft} size={24} flips />
						</Link>
						<div>
							<h1>{title}</h1>
							{lead !== undefined && <p>{lead}</p>}
						</div>
						{action}
					</header>
					{children}
				</div>
			</div>
		</main>
	);
}

/** How far an answer has come. */
export type LoadState =
	| { readonly kind: "loading" }
	| { readonly kind: "ready" }
	| { readonly kind: "failed"; readonly error: string; readonly onRetry: () => void };

/** What stands in the place of content that is not there yet, or did not come. */
export function LoadingView({ state }: { readonly state: LoadState }) {
	if (state.kind === "ready") return null;
	if (state.kind === "loading") return <SkeletonRows count={4} label={text("common.loading")} />;
	return <FailedState text={state.error} onRetry={state.onRetry} />;
}

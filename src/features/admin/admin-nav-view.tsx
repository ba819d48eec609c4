import { Bot, ChartColumn, Flag, Globe, type LucideIcon, SquareTerminal, Ticket, UsersRound } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";
import { type AdminSection, adminSections } from "./admin-sections.ts";

const icons: Readonly<Record<AdminSection, LucideIcon>> = {
	overview: ChartColumn,
	people: UsersRound,
	tokens: Ticket,
	reports: Flag,
	federation: Globe,
	assistant: Bot,
	chat: SquareTerminal,
};

export interface AdminNavProps {
	readonly serverName: string;
	readonly current: AdminSection;
	readonly tabs: ReactNode;
}

/** The sections of the owner's pages. */
export function AdminNavView({ serverName, current, tabs }: AdminNavProps) {
	return (
		<nav className="list admin-nav" aria-label={text("admin.nav")}>
			<div className="list-head">
				<h1>{serverName}</h1>
			</div>
			<div className="rows">
				<ul>
					{adminSections.map((section) => (
						<li key={section}>
							<Link
								href={`/admin/${section}`}
								className="side-link"
								aria-current={section === current ? "page" : undefined}
							>
								<Icon of={icons[section]} />
								<span>{text(`admin.${section}`)}</span>
							</Link>
						</li>
					))}
				</ul>
			</div>
			{tabs}
		</nav>
	);
}

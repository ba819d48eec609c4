import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { FormEvent, ReactNode } from "react";
import { text } from "../shared/text/text.ts";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

export interface PaneProps {
	readonly title: string;
	readonly back: {
		readonly href: string;
		/** Where it leads; absent: "Back". */
		readonly label?: string;
		/** True: beside the list too, which does not lead there. */
		readonly isAlways?: boolean;
	};
	readonly children: ReactNode;
	/** Stands under what scrolls. */
	readonly foot?: ReactNode;
	/** Present: all of it is a form, and this is what its submit button does. */
	readonly onSubmit?: () => void;
}

/** A page beside the list, or alone where there is room for one: a bar with its name and the way back, and what scrolls. */
export function Pane({ title, back, children, foot, onSubmit }: PaneProps) {
	"use no memo";
	const content = (
		<>
			<div className="pane-scroll">
				<div className="pane-in">{children}</div>
			</div>
			{foot}
		</>
	);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onSubmit?.();
	};
	return (
		<main className="pane" aria-label={title}>
			<header className="bar">
				<Link
					className={classNames("back", back.isAlways && "is-always")}
					href={back.href}
					aria-label={back.label ?? text("common.back")}
				>
					<Icon of={ChevronLeft} size={24} flips />
				</Link>
				<div className="bar-title">
					<h1>{title}</h1>
				</div>
			</header>
			{onSubmit === undefined ? (
				content
			) : (
				<form className="pane-form" onSubmit={submit} noValidate>
					{content}
				</form>
			)}
		</main>
	);
}

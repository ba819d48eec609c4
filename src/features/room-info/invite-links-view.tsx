import { Link2, Share2, Trash2 } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { CopyField } from "../../components/copy-field.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { dateText } from "../../shared/text/dates.ts";
import { text } from "../../shared/text/text.ts";
import type { WireInviteLink } from "../../shared/wire/invite-calls.ts";
import { NewLinkForm, type NewLinkFormProps } from "./new-link-form-view.tsx";

export interface InviteLinksProps extends NewLinkFormProps {
	readonly roomName: string;
	readonly links: readonly WireInviteLink[] | undefined;
	/** The link that was just made, secret and all. */
	readonly newLink: string | undefined;
	readonly error: string | undefined;
	readonly onRevoke: (linkId: string) => void;
	/** Absent where the platform cannot share. */
	readonly onShare: ((url: string) => void) | undefined;
	readonly onClose: () => void;
}

/** Links that invite whoever has them. */
export function InviteLinksView(props: InviteLinksProps) {
	const { roomName: name, newLink, links, onShare } = props;
	return (
		<Dialog
			title={text("links.title", { name })}
			lead={text("links.lead")}
			onClose={props.onClose}
			actions={
				<Button look="second" onClick={props.onClose}>
					{text("common.close")}
				</Button>
			}
		>
			{newLink === undefined ? (
				<NewLinkForm {...props} />
			) : (
				<div role="status">
					<CopyField what={text("links.link")} value={newLink} />
					<p className="hint link-once">{text("links.once")}</p>
					{onShare !== undefined && (
						<Button isWide onClick={() => onShare(newLink)}>
							<Icon of={Share2} size={18} />
							{text("links.share")}
						</Button>
					)}
				</div>
			)}
			<FormError message={props.error} />
			{links === undefined && props.error === undefined && <SkeletonRows count={1} label={text("common.loading")} />}
			{links !== undefined && links.length > 0 && (
				<section className="dialog-part" aria-label={text("links.alive")}>
					<h3 className="label">{text("links.alive")}</h3>
					<ul>
						{links.map((link) => (
							<LinkLine key={link.id} link={link} onRevoke={props.onRevoke} />
						))}
					</ul>
				</section>
			)}
		</Dialog>
	);
}

interface LinkLineProps {
	readonly link: WireInviteLink;
	readonly onRevoke: (linkId: string) => void;
}

function LinkLine({ link, onRevoke }: LinkLineProps) {
	const { creatorName, createdAt, expiresAt, usesAllowed, usesCount: used } = link;
	const by = text("links.by", { name: creatorName, date: dateText(createdAt) });
	const facts = [
		usesAllowed === undefined
			? text("links.used", { count: used })
			: text("links.usedOf", { used, allowed: usesAllowed }),
		expiresAt === undefined ? text("links.forever") : text("links.until", { date: dateText(expiresAt) }),
		...(link.bringsNewPeople ? [text("links.forNewcomers")] : []),
		...(link.isWorking ? [] : [text("links.dead")]),
	];
	return (
		<li className="line line-2 line-still">
			<span className="line-slot">
				<Icon of={Link2} />
			</span>
			<span className="line-text">
				{by}
				<small>{facts.join(" · ")}</small>
			</span>
			{link.canRevoke && (
				<IconButton icon={Trash2} label={text("links.revoke", { by })} onClick={() => onRevoke(link.id)} />
			)}
		</li>
	);
}

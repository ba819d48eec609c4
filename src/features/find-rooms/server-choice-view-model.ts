import { useRouter } from "next/router";
import { useState } from "react";
import { askedServers, noteAskedServer } from "../../client/rooms/asked-servers.ts";

/** A name as somebody could write it: of a host, with a port or without. */
const serverName = /^([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(:\d{1,5})?$/;

/** Whose rooms are looked through: the address of the page says it, so that going back leads to the same. */
export function useServerChoice(me: { readonly userId: string; readonly serverName: string } | undefined) {
	const router = useRouter();
	const { on } = router.query;
	const server = typeof on === "string" && serverName.test(on) && on !== me?.serverName ? on : undefined;
	const [isNaming, setNaming] = useState(false);
	const [name, setName] = useState("");
	const [isWrong, setWrong] = useState(false);
	const known = me === undefined ? [] : askedServers(me.userId);
	const go = (chosen: string | undefined) => {
		setNaming(false);
		setName("");
		if (chosen !== undefined && me !== undefined) noteAskedServer(me.userId, chosen);
		const query = chosen === undefined ? {} : { on: chosen };
		void router.replace({ pathname: "/rooms", query }, undefined, { shallow: true });
	};
	return {
		server,
		servers: server === undefined || known.includes(server) ? known : [server, ...known],
		isNaming,
		name,
		isWrong,
		onChoose: go,
		onNaming: () => setNaming(!isNaming),
		onName: (typed: string) => {
			setWrong(false);
			setName(typed);
		},
		onSubmit: () => {
			const wanted = name.trim().toLowerCase();
			if (!serverName.test(wanted)) setWrong(true);
			else go(wanted === me?.serverName ? undefined : wanted);
		},
	} as const;
}

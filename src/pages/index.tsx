import { useRouter } from "next/router";
import { useEffect } from "react";

/** The bare address opens the chats. */
export default function IndexPage() {
	const router = useRouter();
	useEffect(() => {
		void router.replace("/chat");
	}, [router]);
	return null;
}

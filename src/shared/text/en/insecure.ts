import { addWords } from "../words.ts";

/** The page of an address without TLS. */
export const insecureText = addWords({
	"insecure.title": "This address is not protected",
	"insecure.lead":
		"What goes between this browser and {host} can be read and changed on the way: messages, and your password when you type it.",
	"insecure.works": "Works here",
	"insecure.messages": "Reading and writing messages",
	"insecure.account": "Signing in with a password",
	"insecure.lacks": "Needs https",
	"insecure.passkeys": "Passkeys",
	"insecure.notifications": "Notifications, and Kith as an app",
	"insecure.camera": "Camera and microphone",
	"insecure.elsewhere": "This server has a protected address. Go there to sign in.",
	"insecure.go": "Go to {host}",
	"insecure.ways": "If you run this server: three ways to https",
	"insecure.proxy": "A proxy that gets the certificate itself",
	"insecure.proxyText": "For a machine that the internet reaches under a name of yours.",
	"insecure.certificate": "A certificate of your own",
	"insecure.certificateText": "In a proxy that you have already, nginx for instance.",
	"insecure.tunnel": "A tunnel",
	"insecure.tunnelText":
		"For a machine at home: nothing is opened at the router, and the tunnel brings the certificate.",
	"insecure.then": "Then tell Kith its address and start it again:",
	"insecure.alsoTrusted":
		"A proxy in a container or on another machine has to be named too, or all people count as one address:",
	"insecure.continue": "Go on without protection",
	"insecure.continueHint": "Only on a network where you trust everybody.",
});

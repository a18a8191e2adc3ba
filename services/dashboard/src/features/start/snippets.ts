/** One event in several languages, with the real key and address. */
export interface Snippet {
  name: string;
  text: string;
}

const EVENT = '{"user_id": "alice", "ip": "81.2.69.142", "event_type": "account_login", "url": "/login"}';

export function snippets(url: string, key: string): Snippet[] {
  const base = url.replace(/\/+$/, "");
  return [
    { name: "curl", text: `curl "${base}/v1/events" -H "Api-Key: ${key}" \\\n  -H "Content-Type: application/json" \\\n  -d '${EVENT}'` },
    { name: "Tracker (Python)", text: `# pip install tirreno-tracker\nfrom tirreno_tracker import Tracker\n\ntracker = Tracker("${base}", "${key}")\nevent = tracker.create_event()\nevent.set_user_name("alice").set_ip_address("81.2.69.142").set_url("/login")\nevent.set_event_type_account_login()\ntracker.track(event)` },
    { name: "Tracker (curl)", text: `curl "${base}/sensor/" -H "Api-Key: ${key}" \\\n  -d userName=alice -d ipAddress=81.2.69.142 -d url=/login -d eventType=account_login` },
    { name: "Python", text: `import urllib.request\n\nrequest = urllib.request.Request(\n    "${base}/v1/events",\n    data=b'${EVENT}',\n    headers={"Api-Key": "${key}", "Content-Type": "application/json"},\n)\nprint(urllib.request.urlopen(request).status)` },
    { name: "Node.js", text: `const answer = await fetch("${base}/v1/events", {\n  method: "POST",\n  headers: { "Api-Key": "${key}", "Content-Type": "application/json" },\n  body: '${EVENT}',\n});\nconsole.log(answer.status);` },
    { name: "PHP", text: `$request = curl_init("${base}/v1/events");\ncurl_setopt_array($request, [\n  CURLOPT_POST => true,\n  CURLOPT_HTTPHEADER => ["Api-Key: ${key}", "Content-Type: application/json"],\n  CURLOPT_POSTFIELDS => '${EVENT}',\n]);\ncurl_exec($request);` },
  ];
}

import { useEffect, useRef, useState } from "react";
import { download, FORMATS, type Format } from "../../lib/download";
import { useMay } from "../../lib/may";
import { say } from "../../lib/toasts";
import { listing as text } from "../../strings/listing";
import { DownloadIcon } from "../icons";
import { Menu, MenuItem } from "../menu";

/** Takes the list with its filters away as a file. Leaving the page ends it. */
export function ExportMenu({ path, name }: { path: string; name: string }) {
  const [busy, setBusy] = useState(false);
  const leaving = useRef(new AbortController());
  const may = useMay("export");
  useEffect(() => {
    const controller = new AbortController();
    leaving.current = controller;
    return () => controller.abort();
  }, []);
  if (!may) return null;
  const take = async (format: Format) => {
    setBusy(true);
    try {
      await download(path, format, name, leaving.current.signal);
      say(text.exported(`${name}.${format}`));
    } catch {
      if (!leaving.current.signal.aborted) say(text.exportFailed, { bad: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu trigger={<button type="button" className="button" disabled={busy}><DownloadIcon />{busy ? text.exporting : text.export}</button>}>
      {FORMATS.map((format) => <MenuItem key={format} onSelect={() => void take(format)}>{text.formats[format]}</MenuItem>)}
    </Menu>
  );
}

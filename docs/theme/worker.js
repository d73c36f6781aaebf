// Browsers start no worker for a page that was opened from a disk. This one runs the worker's script in a hidden frame
// instead, so that the search also works without a server. The theme looks for the name.
if (location.protocol === "file:") {
  window.IFrameWorker = class IFrameWorker extends EventTarget {
    constructor(url) {
      super()
      const frame = document.createElement("iframe")
      frame.hidden = true
      document.body.append(frame)
      this.inside = frame.contentWindow
      const load = (each) => new Promise((done, failed) => {
        const script = frame.contentDocument.createElement("script")
        script.src = new URL(each, document.baseURI)
        script.onload = done
        script.onerror = failed
        frame.contentDocument.body.append(script)
      })
      this.inside.importScripts = (...urls) => urls.reduce((before, each) => before.then(() => load(each)), Promise.resolve())
      this.inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }))
      this.ready = load(url)
    }
    postMessage(data) {
      this.ready.then(() => this.inside.dispatchEvent(new MessageEvent("message", { data })))
    }
    terminate() {
      this.inside.frameElement.remove()
    }
  }
  window.Worker = window.IFrameWorker
}

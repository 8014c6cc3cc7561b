"""Runs the driver of a manifest in an image's file system, under the restrictions of the manifest's pod; the master is this machine.

usage: pod.py FOLDER ROOT_FILE_SYSTEM
  FOLDER has manifest.yaml (of submit/millrace --dry-run), image.json (of buildah inspect) and volume/, which is mounted at /mnt/millrace.
"""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

import yaml


def bundle(folder, root):
    conf, application = yaml.safe_load_all((folder / "manifest.yaml").read_text())
    image = json.loads((folder / "image.json").read_text())["OCIv1"]["config"]
    spec = application["spec"]
    pod = spec["driver"]["template"]["spec"]
    [container] = pod["containers"]
    security = {**pod["securityContext"], **container["securityContext"]}
    assert security["runAsNonRoot"] and security["capabilities"]["drop"] == ["ALL"], security
    mounts = [mount(folder, pod, conf, wanted) for wanted in container["volumeMounts"]]
    mounts.append(bind(folder / "volume", "/mnt/millrace", "rw"))
    return {
        "ociVersion": "1.0.2",
        "process": {
            "user": {"uid": security["runAsUser"], "gid": security["runAsGroup"]},
            "args": image["Entrypoint"] + driver(folder, spec),
            "env": image["Env"] + ["SPARK_DRIVER_BIND_ADDRESS=127.0.0.1", "OMP_NUM_THREADS=1"],
            "cwd": image["WorkingDir"],
            "noNewPrivileges": not security["allowPrivilegeEscalation"],
            "capabilities": {},
        },
        "root": {"path": str(root), "readonly": security["readOnlyRootFilesystem"]},
        "mounts": [
            {"destination": "/proc", "type": "proc", "source": "proc"},
            {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755"]},
            bind("/etc/hosts", "/etc/hosts", "ro"),
            *mounts,
        ],
        # The machine's network: a pod's own is the cluster's business.
        "linux": {"namespaces": [{"type": kind} for kind in ("pid", "ipc", "uts", "mount")]},
    }


def bind(source, destination, access):
    return {"destination": destination, "type": "bind", "source": str(source), "options": ["bind", access]}


def mount(folder, pod, conf, wanted):
    """A volume of the pod: an empty folder in memory, or the files of the secret."""
    [volume] = [v for v in pod["volumes"] if v["name"] == wanted["name"]]
    if "emptyDir" in volume:
        options = ["nosuid", "nodev", "mode=2770", f"gid={pod['securityContext']['fsGroup']}"]
        return {"destination": wanted["mountPath"], "type": "tmpfs", "source": "tmpfs", "options": options}
    assert conf["kind"] == "Secret" and volume["secret"]["secretName"] == conf["metadata"]["name"], volume
    files = folder / "conf"
    subprocess.run(["rm", "-rf", files], check=True)
    files.mkdir()
    for name, text in conf["stringData"].items():
        (files / name).write_text(text)
        (files / name).chmod(volume["secret"]["defaultMode"])
        os.chown(files / name, 0, pod["securityContext"]["fsGroup"])
    return bind(files, wanted["mountPath"], "ro")


def driver(folder, spec):
    """What the operator gives the image's entry point; one process here, since there is no cluster."""
    properties = {k: v for k, v in spec["sparkConf"].items() if not k.startswith("spark.kubernetes.")}
    properties.update({"spark.master": "local[2]", "spark.driver.memory": spec["driver"]["memory"]})
    properties["spark.driver.host"] = "localhost"
    arguments = ["driver"]
    for key, value in properties.items():
        arguments += ["--conf", f"{key}={value}"]
    jars = spec.get("deps", {}).get("jars", [])
    if jars:
        arguments += ["--jars", ",".join(jars)]
    return [*arguments, "--class", spec["mainClass"], spec["mainApplicationFile"], *spec["arguments"]]


def main():
    folder, root = Path(sys.argv[1]), Path(sys.argv[2])
    (folder / "config.json").write_text(json.dumps(bundle(folder, root), indent=1))
    name = f"millrace-{uuid.uuid4().hex[:8]}"
    ended = subprocess.run(
        ["runc", f"--root={folder}/runc", "run", f"--bundle={folder}", name],
        stdin=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"]},
    )
    sys.exit(ended.returncode)


if __name__ == "__main__":
    main()
